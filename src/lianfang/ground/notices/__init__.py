"""Notices to users and posts: written once, read in each reader's language, with receipts."""
