#!/usr/bin/env bash
# Typeset every reference of the digest with classic BibTeX and LaTeX, and read it with biber: no error, no lost entry.
# usage: tools/typeset.sh PAPERS.bib
set -euo pipefail
for tool in pdflatex bibtex biber; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed: nothing was typeset" >&2; exit 1; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$1" "$folder/papers.bib"
cd "$folder"
printf '%s\n' '\documentclass{article}' '\usepackage[T1]{fontenc}' '\usepackage{amsmath,amssymb}' '\begin{document}' \
  '\nocite{*}' '\bibliographystyle{plain}' '\bibliography{papers}' '\end{document}' > all.tex
pdflatex -interaction=nonstopmode all >/dev/null || true # the first run knows no references yet
bibtex all | grep -v '^This is BibTeX' || true
pdflatex -interaction=nonstopmode all > all.out || true
if grep -A2 '^!' all.out; then echo "LaTeX met errors" >&2; exit 1; fi
biber --quiet --tool --validate-datamodel --output-file out.bib papers.bib || true
entries=$(grep -c '^@' papers.bib)
[ "$(grep -c '^@' out.bib)" = "$entries" ] || { echo "biber lost entries" >&2; exit 1; }
echo "$entries entries were typeset by LaTeX and BibTeX and read by biber"
