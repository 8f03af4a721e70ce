package dev.flowguard.cli.explain;

/** By what a question is put, which decides how its parts are called where an answer speaks of them. */
public enum AskedBy {
    /** They are options: {@code --to}. */
    COMMAND,

    /** They are fields: {@code To}. */
    PAGE;

    /** @param name {@code from}, {@code to} or {@code port} */
    String part(String name) {
        return this == COMMAND ? "--" + name : "The field " + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** With what stands in it. */
    String part(String name, String value) {
        return this == COMMAND
                ? "--" + name + " " + value
                : value + " in the field " + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
