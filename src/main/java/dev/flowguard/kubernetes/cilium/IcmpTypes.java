package dev.flowguard.kubernetes.cilium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.net.Quoted;
import java.util.Optional;
import java.util.Set;

/** The names that ICMP types have, which are others for each family of addresses. */
final class IcmpTypes {
    private static final Set<String> IPV4 = Set.of(
            "EchoReply",
            "DestinationUnreachable",
            "Redirect",
            "Echo",
            "EchoRequest",
            "RouterAdvertisement",
            "RouterSelection",
            "TimeExceeded",
            "ParameterProblem",
            "Timestamp",
            "TimestampReply",
            "Photuris",
            "ExtendedEchoRequest",
            "ExtendedEchoReply");

    private static final Set<String> IPV6 = Set.of(
            "DestinationUnreachable",
            "PacketTooBig",
            "TimeExceeded",
            "ParameterProblem",
            "EchoRequest",
            "EchoReply",
            "MulticastListenerQuery",
            "MulticastListenerReport",
            "MulticastListenerDone",
            "RouterSolicitation",
            "RouterAdvertisement",
            "NeighborSolicitation",
            "NeighborAdvertisement",
            "RedirectMessage",
            "RouterRenumbering",
            "ICMPNodeInformationQuery",
            "ICMPNodeInformationResponse",
            "InverseNeighborDiscoverySolicitation",
            "InverseNeighborDiscoveryAdvertisement",
            "HomeAgentAddressDiscoveryRequest",
            "HomeAgentAddressDiscoveryReply",
            "MobilePrefixSolicitation",
            "MobilePrefixAdvertisement",
            "DuplicateAddressRequestCodeSuffix",
            "DuplicateAddressConfirmationCodeSuffix",
            "ExtendedEchoRequest",
            "ExtendedEchoReply");

    private IcmpTypes() {}

    /** Whether a type of either family has that name. */
    static boolean isName(String text) {
        return IPV4.contains(text) || IPV6.contains(text);
    }

    /** What is wrong with a name for that family, IPv4 where none is given. */
    static Optional<String> mistakeIn(JsonNode type, String family) {
        boolean ofSix = family.equals("IPv6");
        String text = type.asText();
        boolean right = type.isIntegralNumber() || text.matches("[0-9]+") || (ofSix ? IPV6 : IPV4).contains(text);
        return right
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is no type of ICMP over " + (ofSix ? "IPv6" : "IPv4")
                        + ": write its number, or the other family");
    }
}
