package dev.flowguard.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a benchmark, each {@code name=value}. */
public final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    private Arguments() {}

    /** @param known the names that there are */
    public static Arguments of(String[] args, String... known) {
        Arguments arguments = new Arguments();
        for (String each : args) {
            int equals = each.indexOf('=');
            if (equals < 0 || !List.of(known).contains(each.substring(0, equals))) {
                throw new IllegalArgumentException(each + " is none of " + String.join("=…, ", known) + "=…");
            }
            arguments.values.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return arguments;
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public int number(String name, int otherwise) {
        return Integer.parseInt(text(name, "" + otherwise));
    }
}
