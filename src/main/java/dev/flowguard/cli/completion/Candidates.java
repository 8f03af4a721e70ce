package dev.flowguard.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What may come where somebody stopped typing. */
public final class Candidates {
    /** Instead of candidates: that the shell should offer files. */
    public static final String FILES = ":files";

    private static final String HELP = "help";

    /** Whatever else a manifest calls its objects is not put on anybody's command line. */
    private static final String HARMLESS = "[A-Za-z0-9._/=@,-]+";

    private final List<String> words;
    private final String current;
    private CommandSpec spec;
    private int positionals;
    private @Nullable OptionSpec awaiting;

    private Candidates(CommandLine root, List<String> words) {
        this.words = words.isEmpty() ? List.of() : words.subList(0, words.size() - 1);
        this.current = words.isEmpty() ? "" : words.get(words.size() - 1);
        this.spec = root.getCommandSpec();
    }

    /**
     * In the order in which they are to be shown; {@link #FILES} alone where it is a path.
     *
     * @param words all after the name of the program; the last one is what is there of the word to complete
     */
    public static List<String> of(CommandLine root, List<String> words) {
        return new Candidates(root, words).find();
    }

    private List<String> find() {
        words.forEach(this::pass);
        Stream<String> all = awaiting != null ? values(awaiting, "") : atStartOfWord();
        return all.filter(each -> each.startsWith(current) && each.matches(HARMLESS) || each.equals(FILES))
                .distinct()
                .toList();
    }

    private void pass(String word) {
        if (awaiting != null) {
            awaiting = null;
        } else if (word.startsWith("-") && word.length() > 1) {
            OptionSpec option = spec.findOption(word.split("=", 2)[0]);
            awaiting = option != null && takesValue(option) && !word.contains("=") ? option : null;
        } else if (spec.subcommands().containsKey(word)) {
            spec = spec.subcommands().get(word).getCommandSpec();
        } else {
            positionals++;
        }
    }

    private Stream<String> atStartOfWord() {
        int equals = current.indexOf('=');
        if (current.startsWith("--") && equals > 0) {
            OptionSpec option = spec.findOption(current.substring(0, equals));
            return option == null ? Stream.empty() : values(option, current.substring(0, equals + 1));
        }
        if (current.startsWith("-")) {
            return spec.options().stream()
                    .filter(option -> !option.hidden())
                    .flatMap(option -> Stream.of(option.names()))
                    .sorted();
        }
        if (!spec.subcommands().isEmpty()) {
            return commands(spec);
        }
        if (spec.name().equals(HELP) && spec.parent() != null) {
            return positionals == 0 ? commands(spec.parent()) : Stream.empty();
        }
        return spec.positionalParameters().stream()
                .filter(parameter -> parameter.index().contains(positionals))
                .findFirst()
                .map(parameter -> values(parameter, ""))
                .orElseGet(Stream::empty);
    }

    private static Stream<String> commands(CommandSpec spec) {
        return spec.subcommands().entrySet().stream()
                .filter(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey);
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** @param before what of the word stands before the value, as in {@code --output=} */
    private Stream<String> values(ArgSpec argument, String before) {
        if (isPath(argument)) {
            return Stream.of(FILES);
        }
        List<String> values = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                    .forEach(values::add);
        } else {
            String begun = current.substring(before.length());
            values.addAll(
                    new Values(awaiting == null ? words : words.subList(0, words.size() - 1)).of(argument, begun));
        }
        return values.stream().map(value -> before + value);
    }

    private static boolean isPath(ArgSpec argument) {
        return List.of("FILE", "DIR").contains(argument.paramLabel());
    }
}
