"""Benchmarks: how long builds take and how much memory they use, compared with other generators on the same pages."""

BUILD_DATE = 1_790_000_000  # seconds since 1970; the same for all generators, because pages and sitemaps can contain it
