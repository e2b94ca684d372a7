package io.tapeline.kafka.test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate with its key, made for a test by the JDK's {@code keytool} and signed by itself:
 * who trusts it trusts nothing else.
 *
 * @param keyStore PKCS #12
 * @param password of the store and the key
 * @param pem the certificate alone
 */
public record TestCertificate(Path keyStore, String password, Path pem) {

    private static final String ALIAS = "server";
    private static final String PASSWORD = "changeit";

    /** Of this machine's loopback, for two days. */
    public static TestCertificate ofLoopback(Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        return of("dns:localhost,ip:127.0.0.1", directory);
    }

    /**
     * @param names by which the server may be called, as {@code keytool} writes them
     * @param directory that gets its files; made where it is missing
     */
    public static TestCertificate of(String names, Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = Files.createDirectories(directory).resolve("server.p12");
        Path log = directory.resolve("keytool.log");
        int status =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                ALIAS,
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-dname",
                                "CN=" + directory.getFileName(),
                                "-ext",
                                "SAN=" + names,
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("keytool: " + Files.readString(log));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        String body =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(keys.getCertificate(ALIAS).getEncoded());
        Path pem =
                Files.writeString(
                        directory.resolve("server.pem"),
                        "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        return new TestCertificate(store, PASSWORD, pem);
    }
}
