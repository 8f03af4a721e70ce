package dev.flowguard.contract;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.net.Quoted;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Spelling;
import dev.flowguard.policy.SyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the word {@code port} and the list of ports that ends a flow. */
final class FlowPortsParser {
    private static final Pattern RANGE = Pattern.compile("([0-9]+)-([0-9]+)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int MOST_DIGITS = 9;
    private static final List<String> PROTOCOLS = Arrays.stream(Protocol.values())
            .filter(Protocol::isInPolicies)
            .map(Protocol::name)
            .toList();

    private final FlowText text;
    private final PortRule rule;

    FlowPortsParser(FlowText text, PortRule rule) {
        this.text = text;
        this.rule = rule;
    }

    List<PortMatch> ports() {
        List<PortMatch> ports = new ArrayList<>();
        text.take(FlowText.PORT);
        do {
            ports.add(port());
        } while (text.take(","));
        if (!text.atEnd()) {
            throw text.found("\",\" or the end of the flow");
        }
        return ports;
    }

    private PortMatch port() {
        if (text.atEnd() || text.next().equals(",")) {
            throw text.found("the number or name of a port");
        }
        int at = text.offset();
        String word = text.take();
        int slash = word.indexOf('/');
        PortMatch port = slash < 0
                ? port(at, word, Protocol.TCP)
                : port(at, word.substring(0, slash), protocol(at + slash + 1, word.substring(slash + 1)));
        rule.objectionTo(port).ifPresent(objection -> {
            throw new SyntaxException(at, objection);
        });
        return port;
    }

    private static PortMatch port(int at, String word, Protocol protocol) {
        Matcher range = RANGE.matcher(word);
        if (range.matches()) {
            int first = number(at, range.group(1));
            int last = number(at + range.start(2), range.group(2));
            if (first > last) {
                throw new SyntaxException(at, Quoted.of(word) + " runs downwards: expected the lower port first");
            }
            return new PortMatch.Numbered(protocol, new PortRange(first, last), true);
        }
        return NUMBER.matcher(word).matches()
                ? PortMatch.Numbered.of(protocol, number(at, word))
                : new PortMatch.Named(protocol, word);
    }

    private static int number(int at, String digits) {
        int number = digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (number < PortRange.LOWEST || number > PortRange.HIGHEST) {
            throw new SyntaxException(
                    at,
                    Quoted.of(digits) + " is not a port: expected " + PortRange.LOWEST + " to " + PortRange.HIGHEST);
        }
        return number;
    }

    private static Protocol protocol(int at, String word) {
        String name = word.toUpperCase(Locale.ROOT);
        if (!PROTOCOLS.contains(name)) {
            String hint = name.equals(Protocol.ICMP.name())
                    ? "; ICMP has no ports and can be declared in a FlowContract"
                    : Spelling.hint(word, PROTOCOLS);
            throw new SyntaxException(at, Quoted.of(word) + " is not a protocol: expected TCP, UDP or SCTP" + hint);
        }
        return Protocol.valueOf(name);
    }
}
