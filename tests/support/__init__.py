"""Servers, builders and records that several tests share."""
