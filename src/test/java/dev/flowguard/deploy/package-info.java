/**
 * Tests of what is installed: the manifests under {@code deploy}, the certificate script and the Dockerfiles.
 * {@link dev.flowguard.deploy.Installation} is all that an overlay renders to, assembled by {@link dev.flowguard.deploy.Kustomization},
 * which is itself compared with kubectl where there is one. {@link dev.flowguard.deploy.Schema} reads the schema of a kind;
 * {@link dev.flowguard.deploy.SchemaCheck} says what the API server would say of an object, and {@link dev.flowguard.deploy.Cel} evaluates the
 * rules in both. Nothing here needs a cluster.
 */
@NullMarked
package dev.flowguard.deploy;

import org.jspecify.annotations.NullMarked;
