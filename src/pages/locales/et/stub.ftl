error-internal = x
