/**
 * The certificate that the webhook shows. {@link dev.flowguard.tls.WebhookKeyStore} gives it to Quarkus and is the only class that
 * touches the Quarkus TLS SPI; what it hands over is a {@link dev.flowguard.tls.ServingCertificate}, by default made in memory
 * by {@link dev.flowguard.tls.SelfSigned}, or kept up to date by
 * {@link dev.flowguard.tls.SelfManagedCertificates} with a CA that the replicas share. Nothing is handed over where {@code quarkus.tls.webhook.key-store.*} names files.
 * {@link dev.flowguard.tls.CertificateReady} keeps a replica without a valid certificate out of service.
 */
@NullMarked
package dev.flowguard.tls;

import org.jspecify.annotations.NullMarked;
