package dev.flowguard.cli.connections;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.connections.Connection;
import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.net.Protocol;
import dev.flowguard.wording.EndLabels;
import java.io.PrintWriter;
import java.util.Iterator;

/**
 * {@code {"connections": […]}}, or for a comparison {@code {"gained": […], "lost": […]}}, with a connection on each line: there may
 * be very many, so they are written one by one.
 */
final class JsonText {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonText() {}

    static void write(ConnectionReport report, PrintWriter out) {
        String separator = "{";
        for (ConnectionReport.Part part : report.parts()) {
            out.print(separator + "\"" + part.kind().fieldName() + "\":[");
            Iterator<Connection> connections = part.connections().iterator();
            while (connections.hasNext()) {
                out.print("\n" + json(connections.next()) + (connections.hasNext() ? "," : "\n"));
            }
            out.print("]");
            separator = ",\n";
        }
        out.print("}\n");
    }

    private static ObjectNode json(Connection connection) {
        ObjectNode node = NODES.objectNode();
        node.set("from", end(connection.from()));
        node.set("to", end(connection.to()));
        node.set("allowed", ports(connection.allowed()));
        node.set("undetermined", ports(connection.undetermined()));
        return node;
    }

    private static ObjectNode end(ConnectionEnd end) {
        return end.match(
                deployed -> deployed(
                        deployed.namespace(),
                        deployed.owner().name(),
                        deployed.owner().kind()),
                addresses -> NODES.objectNode().put("addresses", addresses(addresses.range())),
                () -> deployed("", EndLabels.INGRESS_CONTROLLER, "IngressController"));
    }

    private static ObjectNode deployed(String namespace, String name, String kind) {
        return NODES.objectNode().put("namespace", namespace).put("name", name).put("kind", kind);
    }

    static String addresses(AddressRange range) {
        return range.isSingle() ? range.first().toString() : range.first() + "-" + range.last();
    }

    static ArrayNode ports(PortSet ports) {
        ArrayNode protocols = NODES.arrayNode();
        for (Protocol protocol : PortSet.PROTOCOLS) {
            if (!ports.ranges(protocol).isEmpty()) {
                ArrayNode ranges =
                        protocols.addObject().put("protocol", protocol.name()).putArray("ports");
                ports.ranges(protocol).stream().map(PortRange::toString).forEach(ranges::add);
            }
        }
        return protocols;
    }
}
