package io.tapeline.query.history.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tapeline.clickhouse.test.ClickHouseServer;
import io.tapeline.kafka.test.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Stands before a server as its own port for TLS would: shows a certificate, and asks who comes, in
 * the server's words.
 */
public final class TlsFront implements AutoCloseable {

    private static final String USER = "tapeline";

    private final HttpsServer https;
    private final Passage passage;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile String expected;

    /**
     * @param password of the user {@code tapeline}
     */
    public TlsFront(ClickHouseServer server, TestCertificate certificate, String password)
            throws IOException, GeneralSecurityException {
        passage =
                new Passage(
                        server.url(),
                        Map.of("authorization", basic(server.user(), server.password())));
        expected = basic(USER, password);
        https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(shows(certificate)));
        https.setExecutor(threads);
        https.createContext("/", this::handle);
        https.start();
    }

    private static SSLContext shows(TestCertificate certificate)
            throws IOException, GeneralSecurityException {
        char[] password = certificate.password().toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            keys.load(in, password);
        }
        KeyManagerFactory own =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    private static String basic(String user, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + https.getAddress().getPort());
    }

    public String user() {
        return USER;
    }

    /** From now on. */
    public void expect(String password) {
        expected = basic(USER, password);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            Passage.answer(exchange, passage.pass(exchange, body));
        } else {
            Passage.refuse(
                    exchange,
                    403,
                    516,
                    USER
                            + ": Authentication failed: password is incorrect, or there is no user"
                            + " with such name. (AUTHENTICATION_FAILED)");
        }
    }

    @Override
    public void close() {
        https.stop(0);
        passage.close();
        threads.shutdownNow();
    }
}
