//! The client against a stand-in: the exact requests, what their answers become, and every failure.
