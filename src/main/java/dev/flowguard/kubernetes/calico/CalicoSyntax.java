package dev.flowguard.kubernetes.calico;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.net.Address;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Quoted;
import dev.flowguard.policy.PortName;
import dev.flowguard.policy.SyntaxException;
import dev.flowguard.policy.calico.CalicoRule.PortList;
import dev.flowguard.policy.calico.CalicoSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Calico writes ports, protocols, blocks and selectors. */
final class CalicoSyntax {
    static final int HIGHEST_PORT = 65535;
    private static final int HIGHEST_PROTOCOL = 255;

    /** With their numbers; the schema takes these spellings and no others. */
    static final Map<String, Integer> PROTOCOLS =
            Map.of("TCP", 6, "UDP", 17, "SCTP", 132, "ICMP", 1, "ICMPv6", 58, "UDPLite", 136);

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern RANGE = Pattern.compile("(?<first>[0-9]{1,9}):(?<last>[0-9]{1,9})");

    private CalicoSyntax() {}

    static Optional<String> mistakeInSelector(String text) {
        try {
            CalicoSelector.parse(text);
            return Optional.empty();
        } catch (SyntaxException mistake) {
            return Optional.ofNullable(mistake.getMessage());
        }
    }

    /** A block, or an address, which stands for itself alone (K17, K18). */
    static Optional<Cidr> net(String text) {
        try {
            return Optional.of(text.indexOf('/') < 0 ? Cidr.of(Address.parse(text)) : Cidr.parse(text));
        } catch (IllegalArgumentException notABlock) {
            return Optional.empty();
        }
    }

    static Optional<String> mistakeInNet(String text) {
        return net(text).isPresent()
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is no address and no block: expected something like 192.0.2.0/24,"
                        + " 192.0.2.7 or 2001:db8::/32");
    }

    static Optional<String> mistakeInAddress(String text) {
        try {
            Address.parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.ofNullable(notAnAddress.getMessage());
        }
    }

    /** The number; 0 where there is none, or none that anybody knows. */
    static int protocol(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.asInt();
        }
        String text = value.asText("");
        return PROTOCOLS.entrySet().stream()
                .filter(each -> each.getKey().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0);
    }

    static Optional<String> mistakeInProtocol(JsonNode value) {
        String text = value.asText("");
        int number = protocol(value);
        boolean written = !value.isTextual() || DIGITS.matcher(text).matches() || PROTOCOLS.containsKey(text);
        return written && number >= 1 && number <= HIGHEST_PROTOCOL
                ? Optional.empty()
                : Optional.of((value.isTextual() ? Quoted.of(text) : value.toString())
                        + " is no protocol: expected TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite or a number from 1 to 255");
    }

    /** A number, {@code first:last}, or the name of a container port; empty where the text is none of these. */
    static Optional<PortRange> range(JsonNode value) {
        String text = value.asText("");
        if (DIGITS.matcher(text).matches()) {
            return range(text, text);
        }
        Matcher range = RANGE.matcher(text);
        return range.matches() ? range(range.group("first"), range.group("last")) : Optional.empty();
    }

    private static Optional<PortRange> range(String first, String last) {
        int from = Integer.parseInt(first);
        int to = Integer.parseInt(last);
        return from >= 1 && to <= HIGHEST_PORT && from <= to ? Optional.of(new PortRange(from, to)) : Optional.empty();
    }

    private static boolean isNumeric(String text) {
        return DIGITS.matcher(text).matches() || RANGE.matcher(text).matches();
    }

    static Optional<String> mistakeInPort(JsonNode value) {
        String text = value.asText("");
        if (range(value).isPresent()) {
            return Optional.empty();
        }
        return isNumeric(text) || value.isNumber()
                ? Optional.of(text + " is no port: a port has a number from 1 to 65535, and a range runs upwards")
                : PortName.mistakeIn(text);
    }

    static PortList ports(List<Fields> items) {
        List<PortRange> ranges = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Fields item : items) {
            range(item.value())
                    .ifPresentOrElse(ranges::add, () -> names.add(item.value().asText("")));
        }
        return new PortList(ranges, names);
    }
}
