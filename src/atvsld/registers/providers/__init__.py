"""Service providers: who may train, inspect, monitor, examine and certify, for what and until when."""
