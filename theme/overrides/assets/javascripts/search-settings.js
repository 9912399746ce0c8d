// How search ranks: names of papers and people weigh more than text, and a long text no more than a short one.
export const RANKING = {
  metaWeights: { title: 8, authors: 5, venue: 2, tldr: 2 },
  termFrequency: 0.4,
  pageLength: 0.2,
};
