"""Nothing: Pyodide's core imports it, for what is awaited. Here nothing is."""
