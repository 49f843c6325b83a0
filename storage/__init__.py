"""The ledger and everything else that is kept: the only room that knows SQL and keys. It decides nothing."""
