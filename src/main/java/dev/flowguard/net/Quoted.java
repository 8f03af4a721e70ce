package dev.flowguard.net;

/**
 * Text from outside as it may stand in a sentence: in double quotes, on one line, every character visible, cut where it is long.
 * Sentences end up in admission warnings, which the API server drops if they contain a line break.
 */
public final class Quoted {
    private static final int MOST_CHARACTERS = 80;

    private Quoted() {}

    public static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .limit(MOST_CHARACTERS)
                .forEach(character -> quoted.append(
                        isVisible(character) ? Character.toString(character) : String.format("\\u%04x", character)));
        return quoted.append(text.codePointCount(0, text.length()) > MOST_CHARACTERS ? "…\"" : "\"")
                .toString();
    }

    private static boolean isVisible(int character) {
        return character == ' '
                || switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.UNASSIGNED,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
