"""A module for each command. Only here are packages of layer 3, such as store, rules and pages, used together."""
