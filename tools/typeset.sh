#!/usr/bin/env bash
# Usage: tools/typeset.sh PAPERS.bib. Typesets all references of a digest with BibTeX and LaTeX, and reads them with biber.
# Fails if LaTeX reports an error, or if biber loses an entry. Messages of BibTeX are only printed.
set -euo pipefail
[ $# = 1 ] || { echo "usage: tools/typeset.sh PAPERS.bib" >&2; exit 2; }
for tool in pdflatex bibtex biber; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed, so nothing was typeset" >&2; exit 1; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$1" "$folder/papers.bib"
cd "$folder"
printf '%s\n' '\documentclass{article}' '\usepackage[T1]{fontenc}' '\usepackage{amsmath,amssymb}' '\begin{document}' \
  '\nocite{*}' '\bibliographystyle{plain}' '\bibliography{papers}' '\end{document}' > all.tex
pdflatex -interaction=nonstopmode all >/dev/null || true # the first run finds no references yet; it lists them for BibTeX
bibtex all | grep -v '^This is BibTeX' || true
pdflatex -interaction=nonstopmode all > all.out || true
if grep -A2 '^!' all.out; then echo "LaTeX reported errors" >&2; exit 1; fi
biber --quiet --tool --validate-datamodel --output-file out.bib papers.bib || true
entries=$(grep -c '^@' papers.bib)
[ "$(grep -c '^@' out.bib)" = "$entries" ] || { echo "biber lost entries" >&2; exit 1; }
echo "LaTeX and BibTeX typeset $entries entries, and biber read all of them"
