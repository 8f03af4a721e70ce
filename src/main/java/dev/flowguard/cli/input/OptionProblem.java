package dev.flowguard.cli.input;

import io.smallrye.config.ConfigValidationException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What is wrong with the options that were given: a sentence for each, without the names of Java classes. */
public final class OptionProblem {
    private static final Pattern REFUSED = Pattern.compile(
            ".*The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted"
                    + " (.*)",
            Pattern.DOTALL);
    private static final Pattern CHOICE = Pattern.compile("Cannot convert (.*) to enum .*, allowed values: (.*)");
    private static final Pattern UNKNOWN = Pattern.compile("(\\S+) in .* does not map to any root");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?:[\\w.]+: )?SRCFG\\d+: ");

    private OptionProblem() {}

    public static List<String> sentences(ConfigValidationException problems) {
        return IntStream.range(0, problems.getProblemCount())
                .mapToObj(i -> sentence(problems.getProblem(i).getMessage()))
                .toList();
    }

    /** @param message in the words of SmallRye Config, which names options and values amid classes and message numbers */
    static String sentence(String message) {
        String plain = MESSAGE_ID.matcher(message).replaceAll("");
        Matcher unknown = UNKNOWN.matcher(plain);
        if (unknown.matches()) {
            return unknown.group(1) + ": there is no such option";
        }
        Matcher refused = REFUSED.matcher(plain);
        return refused.matches() ? refused.group(1) + ": " + reason(refused.group(2), refused.group(3)) : plain;
    }

    private static String reason(String value, String reason) {
        Matcher choice = CHOICE.matcher(reason);
        if (choice.matches()) {
            return "\"" + value + "\" is not one of " + choice.group(2).replace(",", ", ");
        }
        return reason.contains("\"") ? reason : "\"" + value + "\": " + reason;
    }
}
