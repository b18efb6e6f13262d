"""The vault as a process of its own: it alone holds the keys, and answers on a local socket.

`wire` says how is spoken, `asking` is the side of who holds no key, `answering` the side of the vault, `budgets` how
much it lets go in a day. Nothing that could run is sent either way.
"""

# Names the socket, in the processes that ask there and hold no key.
SOCKET = "PANOH_VAULT_SOCKET"
# In these the keyring itself may stand, for a vault that is run alone.
ENVIRONMENT = "PANOH_KEYRING"
