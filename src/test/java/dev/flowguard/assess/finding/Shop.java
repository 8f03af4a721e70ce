package dev.flowguard.assess.finding;

import static dev.flowguard.testing.Given.daemonSet;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.node;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.udp;

import dev.flowguard.net.Protocol;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;

/** A small shop on Calico, with DNS and the API server, to which each test adds what it is about. */
final class Shop {
    static final TestCluster CLUSTER = TestCluster.with(
            namespace("default", "kind=none"),
            namespace("kube-system", "kind=system"),
            namespace("shop", "team=shop"),
            namespace("data", "team=data"),
            namespace("monitoring", "team=platform"),
            node("control-plane-1", "192.168.10.10"),
            node("worker-1", "192.168.10.11"),
            daemonSet("kube-system/calico-node"),
            pods("kube-system", "k8s-app=kube-dns")
                    .of("Deployment", "coredns")
                    .port("dns", 53, Protocol.UDP)
                    .port("dns-tcp", 53)
                    .ip("10.244.0.2"),
            service("kube-system/kube-dns")
                    .selects("k8s-app=kube-dns")
                    .clusterIp("10.96.0.10")
                    .port("dns", Protocol.UDP, 53, 53)
                    .port("dns-tcp", Protocol.TCP, 53, 53),
            service("default/kubernetes")
                    .clusterIp("10.96.0.1")
                    .port("https", Protocol.TCP, 443, 6443)
                    .published("192.168.10.10", Protocol.TCP, 6443),
            pods("shop", "app=storefront").port("http", 8080),
            pods("shop", "app=checkout").port("http", 8080).port("metrics", 9090),
            pods("shop", "app=orders").port("http", 8080).ip("10.244.1.22"),
            service("shop/orders").selects("app=orders").clusterIp("10.96.20.3").port(80, 8080),
            pods("data", "app=postgres").port("postgres", 5432).ip("10.244.1.41"),
            pods("monitoring", "app=prometheus").port("web", 9090));

    /** What every pod of the shop needs once it is isolated for egress. */
    static final PolicyPart ALLOW_DNS = policy("shop/allow-dns")
            .egress(namespaces("kubernetes.io/metadata.name=kube-system", "k8s-app=kube-dns"), udp(53), tcp(53));

    private Shop() {}

    static TestCluster with(Part... more) {
        return CLUSTER.and(more);
    }
}
