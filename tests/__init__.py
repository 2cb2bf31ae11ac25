"""Tests of the server; the folders are those of src/visavis."""
