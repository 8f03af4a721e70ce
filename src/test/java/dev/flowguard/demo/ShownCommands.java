package dev.flowguard.demo;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that pages show with what they print: {@code $ flowguard …}, up to the end of the block or the next command. */
final class ShownCommands {
    private static final Pattern BLOCK = Pattern.compile("(?m)^```\\n(\\$ flowguard [\\s\\S]*?)^```");
    private static final Pattern COMMAND = Pattern.compile("\\$ flowguard ((?:.*\\\\\\n)*.*)\\n([\\s\\S]*)");
    private static final Pattern FOLD = Pattern.compile("(.*?)\\s*\\| fold -sw ([0-9]+)");

    private ShownCommands() {}

    /**
     * A command line that is shown.
     *
     * @param output what is shown to come of it
     */
    record Shown(Path page, String line, String output) {
        /** What really comes of it. */
        String run() {
            Matcher fold = FOLD.matcher(line);
            boolean folded = fold.matches();
            String arguments = folded ? fold.group(1) : line;
            String out = CommandRun.of(arguments.split("\\s+")).out().replace("\r\n", "\n");
            return folded ? fold(out, Integer.parseInt(fold.group(2))) : out;
        }

        @Override
        public String toString() {
            return page + ": " + line;
        }
    }

    static Stream<Shown> in(Path page) {
        return BLOCK.matcher(read(page)).results().map(block -> shown(page, block));
    }

    /** The page with what really comes of its commands. */
    static String corrected(Path page) {
        return BLOCK.matcher(read(page)).replaceAll(block -> {
            Shown shown = shown(page, block);
            String head = block.group(1)
                    .substring(0, block.group(1).length() - shown.output().length());
            return Matcher.quoteReplacement("```\n" + head + shown.run() + "```");
        });
    }

    /** The README, those of the demo clusters, and all pages. */
    static List<Path> pages() throws IOException {
        Stream<Path> readmes = Stream.of(
                        "./README.md",
                        "deploy/demo/calico/README.md",
                        "deploy/demo/cilium/README.md",
                        "deploy/demo/tiers/README.md")
                .map(Path::of);
        try (Stream<Path> files = Files.list(Path.of("src/docs"))) {
            return Stream.concat(
                            readmes,
                            files.filter(file -> file.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }

    private static Shown shown(Path page, MatchResult block) {
        Matcher command = COMMAND.matcher(block.group(1));
        if (!command.matches()) {
            throw new AssertionError(page + ": no command in " + block.group(1));
        }
        return new Shown(page, command.group(1).replace("\\\n", " ").strip(), command.group(2));
    }

    /** As {@code fold -s} does: after the last blank that fits. */
    private static String fold(String text, int width) {
        StringBuilder folded = new StringBuilder();
        for (String line : text.lines().toList()) {
            String rest = line;
            while (rest.length() > width) {
                int blank = rest.lastIndexOf(' ', width - 1);
                int end = blank < 0 ? width : blank + 1;
                folded.append(rest, 0, end).append('\n');
                rest = rest.substring(end);
            }
            folded.append(rest).append('\n');
        }
        return folded.toString();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
