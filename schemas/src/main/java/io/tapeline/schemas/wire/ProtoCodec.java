package io.tapeline.schemas.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;

/**
 * A generated message as it is, for the topics whose message has no market type of its own.
 *
 * @param <M> the message
 */
public final class ProtoCodec<M extends Message> implements Codec<M> {

    private final String name;
    private final Parser<M> parser;

    private ProtoCodec(String name, Parser<M> parser) {
        this.name = name;
        this.parser = parser;
    }

    /**
     * The codec of one message.
     *
     * @param defaultInstance of the message, for example {@code Gap.getDefaultInstance()}
     */
    public static <M extends Message> ProtoCodec<M> of(M defaultInstance) {
        // Message.getParserForType of a generated message is always that of its own type.
        @SuppressWarnings("unchecked")
        Parser<M> parser = (Parser<M>) defaultInstance.getParserForType();
        return new ProtoCodec<>(defaultInstance.getDescriptorForType().getName(), parser);
    }

    @Override
    public byte[] encode(M value) {
        return value.toByteArray();
    }

    @Override
    public M decode(byte[] bytes) throws MalformedPayload {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedPayload(name + ": not a message of Protobuf", e);
        }
    }
}
