package dev.flowguard.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody is to do, within lines of limited length: it outlasts all the rest, which only says why. */
public final class Advice {
    /** How the last clause of a sentence begins that says what to do. */
    private static final Pattern REMEDY =
            Pattern.compile("[;:] ((?:add|apply|correct|delete|did you mean|drop|give|grant|leave|move|"
                    + "name|put|remove|rename|say|set|split|such pods run|take|try|use|write) [^;:]*)$");

    private static final String CUT = "…";

    /** How lines begin that are worth nothing in part: a rule to write; what is cut though nobody declared it, and by whom. */
    private static final Pattern WHOLE =
            Pattern.compile("(?:to (?:keep|repair) it, |to let it through, |and )(?:add (?:to|an?) |in ).*|cuts .*");

    private Advice() {}

    /** The line within that length, or a few lines where it would be worth nothing in part. */
    public static List<String> lines(String line, int most) {
        return WHOLE.matcher(line).matches() ? wrapped(line, most) : List.of(fitted(line, most));
    }

    /** The line, or as much of it as has room: what to do about it stays, and what is cut stands before that. */
    static String fitted(String line, int most) {
        Matcher remedy = REMEDY.matcher(line);
        if (line.length() <= most || !remedy.find()) {
            return Ellipsis.shorten(line, most);
        }
        String tail = line.substring(remedy.start());
        int room = most - tail.length();
        return room > CUT.length()
                ? Ellipsis.shorten(line, room).replaceFirst("…$", "") + CUT + tail
                : Ellipsis.shorten(remedy.group(1), most);
    }

    /** A line that is nothing but advice, and worth nothing in part: as many lines as it needs. */
    static List<String> wrapped(String line, int most) {
        List<String> lines = new ArrayList<>();
        String left = line.strip();
        while (left.length() > most) {
            int end = left.lastIndexOf(' ', most);
            end = end <= 0 ? most : end;
            lines.add(left.substring(0, end).stripTrailing());
            left = left.substring(end).stripLeading();
        }
        lines.add(left);
        return lines;
    }
}
