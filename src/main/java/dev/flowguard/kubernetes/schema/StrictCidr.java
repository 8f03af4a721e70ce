package dev.flowguard.kubernetes.schema;

import dev.flowguard.net.Cidr;
import dev.flowguard.net.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address block as {@code isCIDR} of the API server's expressions takes it: without the older spellings of addresses. */
public final class StrictCidr {
    private static final Pattern LEADING_ZERO = Pattern.compile("(^|\\.)0[0-9]|/0[0-9]");

    private StrictCidr() {}

    public static Optional<String> mistakeIn(String text) {
        boolean ofSix = text.indexOf(':') >= 0;
        if (LEADING_ZERO.matcher(text).find()) {
            return Optional.of(Quoted.of(text) + " is not an address block: write its numbers without leading zeros");
        }
        try {
            Cidr block = Cidr.parse(text);
            return ofSix && block.base().toString().indexOf(':') < 0
                    ? Optional.of(Quoted.of(text) + " is an IPv4 block in IPv6 spelling: write " + block)
                    : Optional.empty();
        } catch (IllegalArgumentException notABlock) {
            return Optional.ofNullable(notABlock.getMessage());
        }
    }
}
