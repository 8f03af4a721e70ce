package dev.flowguard.kubernetes.model;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

/** Services, and the addresses behind them in the newer and in the older form. */
public final class ServiceModel {
    private static final String ADDRESSES = "addresses";
    private static final String APP_PROTOCOL = "appProtocol";
    private static final String NAME = "name";
    private static final String PORT = "port";
    private static final String PORTS = "ports";
    private static final String PROTOCOL = "protocol";

    private ServiceModel() {}

    public static Service service(Fields fields) {
        Service service = MetaModel.described(new Service(), fields);
        service.setSpec(fields.object("spec", ServiceModel::spec));
        return service;
    }

    private static ServiceSpec spec(Fields fields) {
        ServiceSpec spec = new ServiceSpec();
        spec.setType(fields.text("type"));
        spec.setSelector(fields.textMap("selector"));
        spec.setPorts(fields.list(PORTS, ServiceModel::servicePort));
        spec.setClusterIP(fields.text("clusterIP"));
        spec.setClusterIPs(fields.texts("clusterIPs"));
        spec.setExternalIPs(fields.texts("externalIPs"));
        spec.setExternalTrafficPolicy(fields.text("externalTrafficPolicy"));
        spec.setExternalName(fields.text("externalName"));
        return spec;
    }

    private static ServicePort servicePort(Fields fields) {
        ServicePort port = new ServicePort();
        port.setAppProtocol(fields.text(APP_PROTOCOL));
        port.setName(fields.text(NAME));
        port.setNodePort(fields.integer("nodePort"));
        port.setPort(fields.integer(PORT));
        port.setProtocol(fields.text(PROTOCOL));
        port.setTargetPort(fields.port("targetPort"));
        return port;
    }

    public static EndpointSlice endpointSlice(Fields fields) {
        EndpointSlice slice = MetaModel.described(new EndpointSlice(), fields);
        slice.setAddressType(fields.text("addressType"));
        slice.setEndpoints(fields.list("endpoints", ServiceModel::endpoint));
        slice.setPorts(fields.list(PORTS, ServiceModel::slicePort));
        return slice;
    }

    private static Endpoint endpoint(Fields fields) {
        Endpoint endpoint = new Endpoint();
        endpoint.setAddresses(fields.texts(ADDRESSES));
        return endpoint;
    }

    private static io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort slicePort(Fields fields) {
        var port = new io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort();
        port.setAppProtocol(fields.text(APP_PROTOCOL));
        port.setName(fields.text(NAME));
        port.setPort(fields.integer(PORT));
        port.setProtocol(fields.text(PROTOCOL));
        return port;
    }

    public static Endpoints endpoints(Fields fields) {
        Endpoints endpoints = MetaModel.described(new Endpoints(), fields);
        endpoints.setSubsets(fields.list("subsets", ServiceModel::subset));
        return endpoints;
    }

    private static EndpointSubset subset(Fields fields) {
        EndpointSubset subset = new EndpointSubset();
        subset.setAddresses(fields.list(ADDRESSES, ServiceModel::address));
        subset.setNotReadyAddresses(fields.list("notReadyAddresses", ServiceModel::address));
        subset.setPorts(fields.list(PORTS, ServiceModel::endpointPort));
        return subset;
    }

    private static EndpointAddress address(Fields fields) {
        EndpointAddress address = new EndpointAddress();
        address.setHostname(fields.text("hostname"));
        address.setIp(fields.text("ip"));
        address.setNodeName(fields.text("nodeName"));
        address.setTargetRef(fields.object("targetRef", ServiceModel::reference));
        return address;
    }

    private static ObjectReference reference(Fields fields) {
        ObjectReference reference = new ObjectReference();
        reference.setApiVersion(fields.text("apiVersion"));
        reference.setFieldPath(fields.text("fieldPath"));
        reference.setKind(fields.text("kind"));
        reference.setName(fields.text(NAME));
        reference.setNamespace(fields.text("namespace"));
        reference.setResourceVersion(fields.text("resourceVersion"));
        reference.setUid(fields.text("uid"));
        return reference;
    }

    private static EndpointPort endpointPort(Fields fields) {
        EndpointPort port = new EndpointPort();
        port.setAppProtocol(fields.text(APP_PROTOCOL));
        port.setName(fields.text(NAME));
        port.setPort(fields.integer(PORT));
        port.setProtocol(fields.text(PROTOCOL));
        return port;
    }
}
