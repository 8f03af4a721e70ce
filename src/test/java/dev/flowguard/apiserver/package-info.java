/**
 * Flowguard behind a real API server, as an installation has it: {@link dev.flowguard.apiserver.ControlPlane} starts etcd and
 * kube-apiserver from local binaries, {@link dev.flowguard.apiserver.Replica} the packaged program with the account that the
 * manifests give it, and {@link dev.flowguard.apiserver.ApiClient} applies objects as kubectl does. Runs with
 * {@code mvn verify -Pit-apiserver}.
 */
@NullMarked
package dev.flowguard.apiserver;

import org.jspecify.annotations.NullMarked;
