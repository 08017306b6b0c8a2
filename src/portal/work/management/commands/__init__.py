"""The portal's commands for running it."""
