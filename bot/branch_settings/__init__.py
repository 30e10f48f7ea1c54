"""*Vestiging instellingen*: what managers set per branch."""
