package dev.flowguard.config;

import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.cluster.CniProfile;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.net.Address;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * From the text of an option to its value. Each refuses what it cannot use with an {@link IllegalArgumentException} whose message
 * quotes the value and says what is allowed; the start failure's sentence adds which option it was.
 */
final class Converters {
    private Converters() {}

    /** {@code Deny}, {@code Warn} or {@code Audit}. */
    public static final class ToEnforcement implements Converter<Enforcement> {
        private static final long serialVersionUID = 1L;

        @Override
        public Enforcement convert(String text) {
            return Enforcement.parse(text.strip());
        }
    }

    /** {@code auto} or the name of a profile; the text stays a text because {@code auto} is not a profile. */
    public static final class ToCniName implements Converter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String text) {
            String name = text.strip();
            return name.equals(FlowguardConfig.AUTO)
                    ? name
                    : CniProfile.named(name).configuredName();
        }
    }

    /** {@code selects-nothing=Off,dns-egress-cut=Deny}. */
    public static final class ToFindingLevels implements Converter<FindingLevels> {
        private static final long serialVersionUID = 1L;

        @Override
        public FindingLevels convert(String text) {
            return FindingLevels.parse(text);
        }
    }

    /** Levels of implied flows: {@code cluster-dns=Deny, metrics=Off}. */
    public static final class ToImpliedLevels implements Converter<ImpliedLevels> {
        private static final long serialVersionUID = 1L;

        @Override
        public ImpliedLevels convert(String text) {
            return ImpliedLevels.parse(text);
        }
    }

    /** A duration above zero: {@code 1500ms}, {@code 2s}, or ISO 8601. */
    public static final class ToPositiveDuration implements Converter<Duration> {
        private static final long serialVersionUID = 1L;

        @Override
        public Duration convert(String text) {
            Duration duration = parse(text);
            if (duration.isZero() || duration.isNegative()) {
                throw unusable(text);
            }
            return duration;
        }

        private Duration parse(String text) {
            if (text.isBlank()) {
                throw unusable(text);
            }
            try {
                return DurationConverter.parseDuration(text);
            } catch (IllegalArgumentException e) {
                throw unusable(text);
            }
        }

        private static IllegalArgumentException unusable(String text) {
            return new IllegalArgumentException("\"" + text + "\" is not a duration above zero, such as 1500ms or 2s");
        }
    }

    /** {@code true} or {@code false}, and nothing that would pass for false. */
    public static final class ToBoolean implements Converter<Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean convert(String text) {
            return switch (text.strip()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("\"" + text + "\" is not one of true, false");
            };
        }
    }

    /** A whole number from 1. */
    public static final class ToCount implements Converter<Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer convert(String text) {
            try {
                int count = Integer.parseInt(text.strip());
                if (count > 0) {
                    return count;
                }
            } catch (NumberFormatException e) {
                // Said below, in the same words as for a number that is too small.
            }
            throw new IllegalArgumentException("\"" + text + "\" is not a whole number from 1");
        }
    }

    /** {@code namespace/name}. */
    public static final class ToServiceName implements Converter<ServiceName> {
        private static final long serialVersionUID = 1L;

        @Override
        public ServiceName convert(String text) {
            return ServiceName.parse(text.strip());
        }
    }

    /** An IPv4 or IPv6 address. */
    public static final class ToAddress implements Converter<Address> {
        private static final long serialVersionUID = 1L;

        @Override
        public Address convert(String text) {
            return Address.parse(text.strip());
        }
    }
}
