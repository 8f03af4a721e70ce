package dev.flowguard.net;

/**
 * Text from outside as it may be printed beside our own: without characters that move the cursor, colour the terminal, begin a new line or
 * turn the direction of writing. They are shown as what they are, {@code \\u001b}.
 */
public final class Plain {
    private Plain() {}

    /** On one line. */
    public static String line(String text) {
        return text.codePoints().allMatch(Plain::isPlain) ? text : escaped(text, false);
    }

    /** With its line breaks. */
    public static String lines(String text) {
        return text.codePoints().allMatch(character -> character == '\n' || isPlain(character))
                ? text
                : escaped(text, true);
    }

    private static String escaped(String text, boolean withLines) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isPlain(character) || (withLines && character == '\n')) {
                plain.appendCodePoint(character);
            } else {
                plain.append(String.format("\\u%04x", character));
            }
        });
        return plain.toString();
    }

    /** Format characters among them: those that turn the direction of writing, and those that nobody sees. */
    static boolean isPlain(int character) {
        return character == ' '
                || switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
