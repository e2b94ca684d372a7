package io.tapeline.aggregator;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Asks an aggregator's internal server. */
public final class InternalApi implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    public InternalApi(URI base) {
        this.base = base;
    }

    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(base.resolve("/internal" + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Null unless it is found. */
    public <M extends Message> @Nullable M find(String path, Parser<M> parser)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = get(path);
        try {
            return response.statusCode() == 200 ? parser.parseFrom(response.body()) : null;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(path, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
