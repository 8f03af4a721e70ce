package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A believable cluster: namespaces and replicas follow a power law, one namespace is a giant, every third is a tenant stamped from one
 * template, contracts declare chains of calls and here and there a database outside, and policies mostly realise them. The same shape and seed make the same objects.
 */
public final class GeneratedCluster {
    /** Of all pods, the part in the giant: a twentieth. */
    private static final int GIANT_PART = 20;

    private static final int MOST_APPS = 40;
    private static final int TEMPLATE_EVERY = 3;
    private static final int DATABASE_EVERY = 4;
    private static final int PODS_PER_NODE = 30;
    private static final int TEMPLATE_APPS = 4;

    private final Shape shape;
    private final Random random;
    private final Objects make = new Objects();
    private final List<ObjectNode> objects = new ArrayList<>();
    private int addresses;

    public GeneratedCluster(Shape shape, long seed) {
        this.shape = shape;
        this.random = new Random(seed);
        platform();
        int[] sizes = sizes();
        for (int i = 0; i < sizes.length; i++) {
            tenant(i, sizes[i]);
        }
    }

    /** As the API server has them, in an order in which they can be applied. */
    public List<ObjectNode> objects() {
        return objects;
    }

    /** How many objects there are of each kind. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        objects.forEach(object -> counts.merge(object.get("kind").asText(), 1, Integer::sum));
        return counts;
    }

    /** Tells two clusters apart: SHA-256 over all objects, in hexadecimal digits. */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            objects.forEach(object -> digest.update(object.toString().getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(ObjectNode object) {
        objects.add(object);
    }

    private void platform() {
        add(make.namespace("kube-system"));
        add(make.namespace("ingress-nginx"));
        add(make.namespace("monitoring"));
        add(make.service("kube-system", "kube-dns", "10.96.0.10", "k8s-app", "kube-dns", Objects.DNS_PORTS));
        workload("kube-system", new App("coredns", "k8s-app", "kube-dns", 2, false));
        add(make.daemonSet("kube-system", "calico-node"));
        workload("ingress-nginx", new App("controller", "app", "controller", 3, false));
        workload("monitoring", new App("prometheus", "app", "prometheus", 2, true));
        int nodes = Math.max(3, shape.pods() / PODS_PER_NODE);
        for (int i = 0; i < nodes; i++) {
            add(make.node("node-" + i, "172." + (16 + i / 65536) + "." + (i / 256 % 256) + "." + (i % 256)));
        }
        add(make.clusterContract());
    }

    /** Pods of each namespace: a giant first, the others by a power law. */
    private int[] sizes() {
        int[] sizes = new int[shape.namespaces()];
        sizes[0] = shape.pods() / GIANT_PART;
        double sum = 0;
        for (int i = 1; i < sizes.length; i++) {
            sum += weight(i);
        }
        for (int i = 1; i < sizes.length; i++) {
            sizes[i] = Math.max(1, (int) Math.round((shape.pods() - sizes[0]) * weight(i) / sum));
        }
        return sizes;
    }

    private static double weight(int rank) {
        return 1 / Math.pow(rank + 5.0, 0.6);
    }

    private void tenant(int number, int pods) {
        boolean isStamped = number > 0 && number % TEMPLATE_EVERY == 0;
        String namespace = (isStamped ? "tenant-" : "team-") + number;
        add(make.namespace(namespace));
        List<App> apps = isStamped ? stamped(pods) : apps(pods);
        apps.forEach(app -> workload(namespace, app));
        for (int i = 0; i < apps.size(); i++) {
            if (i % 2 == 0) {
                App app = apps.get(i);
                String address = "10." + (97 + number / 256 % 128) + "." + (number % 256) + "." + (i + 1);
                add(make.service(namespace, app.name(), address, app.key(), app.value(), Objects.HTTP_PORT));
            }
        }
        boolean declares = number < shape.contracts();
        String database = number % DATABASE_EVERY == 0 ? "203.0.113." + number % 256 + "/32" : "";
        if (declares) {
            add(make.contract(namespace, apps, database));
        }
        if (declares && number % 2 == 0) {
            add(make.defaultDeny(namespace));
            add(make.allowDns(namespace));
            for (int i = 0; i + 1 < apps.size() && i < 6; i++) {
                add(make.allow(namespace, apps.get(i), apps.get(i + 1)));
            }
            add(make.allowIngressController(namespace, apps.get(0)));
            if (!database.isEmpty()) {
                add(make.allowDatabase(namespace, apps.get(0), database));
            }
        } else if (random.nextInt(4) == 0) {
            add(make.defaultDenyIngress(namespace));
        }
    }

    private static List<App> stamped(int pods) {
        int each = Math.max(1, pods / TEMPLATE_APPS);
        return List.of(
                new App("web", "app", "web", each, false),
                new App("api", "app", "api", each, false),
                new App("worker", "app", "worker", each, false),
                new App("db", "app", "db", Math.max(1, pods - 3 * each), true));
    }

    private List<App> apps(int pods) {
        List<App> apps = new ArrayList<>();
        int left = pods;
        while (left > 0 && apps.size() < MOST_APPS) {
            boolean isLast = apps.size() == MOST_APPS - 1;
            int replicas = isLast ? left : Math.min(left, 1 + (int) (Math.pow(random.nextDouble(), 4) * 60));
            String name = "app-" + apps.size();
            apps.add(new App(name, "app.kubernetes.io/name", name, replicas, random.nextInt(10) == 0));
            left -= replicas;
        }
        return apps;
    }

    private void workload(String namespace, App app) {
        add(make.controller(namespace, app));
        String hash = HexFormat.of().toHexDigits((short) random.nextInt());
        if (!app.isStateful()) {
            add(make.replicaSet(namespace, app, hash));
        }
        for (int i = 0; i < app.replicas(); i++) {
            int address = addresses++;
            String ip = "10." + (128 + address / 65536) + "." + (address / 256 % 256) + "." + (address % 256);
            add(make.pod(namespace, app, hash, i, ip));
        }
    }

    /**
     * A workload to be.
     *
     * @param key of the label by which it is known
     * @param isStateful whether its pods have names, and labels, of their own
     */
    record App(String name, String key, String value, int replicas, boolean isStateful) {}

    /** Prints what a shape holds: {@code GeneratedCluster SHAPE SEED}. */
    static void describe(Shape shape, long seed, Consumer<String> line) {
        GeneratedCluster cluster = new GeneratedCluster(shape, seed);
        line.accept("shape " + shape + ", seed " + seed + ", SHA-256 " + cluster.hash());
        cluster.counts().forEach((kind, count) -> line.accept("  " + kind + " " + count));
    }
}
