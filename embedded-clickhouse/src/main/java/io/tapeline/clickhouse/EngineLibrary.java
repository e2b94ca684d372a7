package io.tapeline.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The engine's C interface ({@code libchdb}). One data directory per process; any number of
 * connections to it, each for one thread at a time. Nothing but this class knows of native memory.
 */
final class EngineLibrary {

    private static final int CHUNK_BYTES = 1 << 20;

    private final SymbolLookup symbols;
    private final MemorySegment arguments;
    private final int argumentCount;
    private final MethodHandle connect;
    private final MethodHandle disconnect;
    private final MethodHandle query;
    private final MethodHandle resultBuffer;
    private final MethodHandle resultLength;
    private final MethodHandle resultError;
    private final MethodHandle resultSeconds;
    private final MethodHandle resultRowsRead;
    private final MethodHandle resultRowsWritten;
    private final MethodHandle destroyResult;
    private final MethodHandle insertBegin;
    private final MethodHandle insertAppend;
    private final MethodHandle insertDone;
    private final MethodHandle insertError;
    private final MethodHandle insertDestroy;

    /**
     * What a statement gave.
     *
     * @param nanos the engine's own time for it
     */
    record Answer(byte[] bytes, long rowsRead, long rowsWritten, long nanos) {}

    /** A connection; not for two threads at once. */
    record Connection(MemorySegment handle) {
        private MemorySegment pointer() {
            return handle.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
        }
    }

    EngineLibrary(Path library, Path data) {
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
        connect = function("chdb_connect", ADDRESS, JAVA_INT, ADDRESS);
        disconnect = function("chdb_close_conn", null, ADDRESS);
        query =
                function(
                        "chdb_query_with_params_n",
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG);
        resultBuffer = function("chdb_result_buffer", ADDRESS, ADDRESS);
        resultLength = function("chdb_result_length", JAVA_LONG, ADDRESS);
        resultError = function("chdb_result_error", ADDRESS, ADDRESS);
        resultSeconds = function("chdb_result_elapsed", JAVA_DOUBLE, ADDRESS);
        resultRowsRead = function("chdb_result_storage_rows_read", JAVA_LONG, ADDRESS);
        resultRowsWritten = function("chdb_result_rows_written", JAVA_LONG, ADDRESS);
        destroyResult = function("chdb_destroy_query_result", null, ADDRESS);
        insertBegin =
                function(
                        "chdb_stream_insert_n",
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG);
        insertAppend = function("chdb_stream_append", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
        insertDone = function("chdb_stream_done", ADDRESS, ADDRESS);
        insertError = function("chdb_stream_insert_error", ADDRESS, ADDRESS);
        insertDestroy = function("chdb_destroy_insert_stream", null, ADDRESS);
        // The JVM needs its own handlers: it uses SIGSEGV for null checks.
        call(function("chdb_set_signal_handlers_enabled", null, JAVA_INT), 0);
        String[] words = {"clickhouse", "--path=" + data.toAbsolutePath()};
        argumentCount = words.length;
        arguments = Arena.global().allocate(ADDRESS, words.length);
        for (int i = 0; i < words.length; i++) {
            arguments.setAtIndex(ADDRESS, i, Arena.global().allocateFrom(words[i]));
        }
    }

    private MethodHandle function(
            String name, @Nullable MemoryLayout result, MemoryLayout... parameters) {
        MemorySegment symbol =
                symbols.find(name)
                        .orElseThrow(() ->
                                new IllegalStateException("engine: the library has no " + name));
        return Linker.nativeLinker()
                .downcallHandle(
                        symbol,
                        result == null
                                ? FunctionDescriptor.ofVoid(parameters)
                                : FunctionDescriptor.of(result, parameters));
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MemorySegment pointer(MethodHandle function, Object... arguments) {
        return (MemorySegment) call(function, arguments);
    }

    /**
     * @throws IllegalStateException if the directory belongs to another process
     */
    Connection connect() {
        MemorySegment handle = pointer(connect, argumentCount, arguments);
        if (handle.address() == 0) {
            throw new IllegalStateException("engine: no connection; the directory may be in use");
        }
        return new Connection(handle);
    }

    void close(Connection connection) {
        call(disconnect, connection.handle());
    }

    /**
     * @param format of the answer, where the statement names none
     * @param parameters of the statement, as text
     */
    Answer query(Connection connection, byte[] sql, String format, Map<String, String> parameters)
            throws EngineException {
        try (Arena arena = Arena.ofConfined()) {
            int count = parameters.size();
            MemorySegment names = arena.allocate(ADDRESS, Math.max(1, count));
            MemorySegment nameLengths = arena.allocate(JAVA_LONG, Math.max(1, count));
            MemorySegment values = arena.allocate(ADDRESS, Math.max(1, count));
            MemorySegment valueLengths = arena.allocate(JAVA_LONG, Math.max(1, count));
            int i = 0;
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                MemorySegment name = arena.allocateFrom(parameter.getKey());
                MemorySegment value = arena.allocateFrom(parameter.getValue());
                names.setAtIndex(ADDRESS, i, name);
                nameLengths.setAtIndex(JAVA_LONG, i, name.byteSize() - 1);
                values.setAtIndex(ADDRESS, i, value);
                valueLengths.setAtIndex(JAVA_LONG, i, value.byteSize() - 1);
                i++;
            }
            MemorySegment text = arena.allocateFrom(JAVA_BYTE, sql);
            MemorySegment form = arena.allocateFrom(format);
            return answer(
                    pointer(
                            query,
                            connection.pointer(),
                            text,
                            (long) sql.length,
                            form,
                            form.byteSize() - 1,
                            names,
                            nameLengths,
                            values,
                            valueLengths,
                            (long) count));
        }
    }

    /**
     * @param statement {@code INSERT INTO ...} without its format
     * @param rows in that format, to their end
     */
    Answer insert(Connection connection, String statement, String format, InputStream rows)
            throws EngineException, IOException {
        try (Arena arena = Arena.ofConfined()) {
            byte[] sql = statement.getBytes(UTF_8);
            MemorySegment text = arena.allocateFrom(JAVA_BYTE, sql);
            MemorySegment form = arena.allocateFrom(format);
            MemorySegment chunk = arena.allocate(CHUNK_BYTES);
            MemorySegment stream =
                    pointer(
                            insertBegin,
                            connection.pointer(),
                            text,
                            (long) sql.length,
                            form,
                            form.byteSize() - 1);
            try {
                raise(pointer(insertError, stream));
                byte[] read = rows.readNBytes(CHUNK_BYTES);
                while (read.length > 0) {
                    MemorySegment.copy(read, 0, chunk, JAVA_BYTE, 0, read.length);
                    if ((int) call(insertAppend, stream, chunk, (long) read.length) != 0) {
                        break; // what is wrong is told at the end
                    }
                    read = rows.readNBytes(CHUNK_BYTES);
                }
                return answer(pointer(insertDone, stream));
            } finally {
                call(insertDestroy, stream);
            }
        }
    }

    private Answer answer(MemorySegment result) throws EngineException {
        try {
            raise(pointer(resultError, result));
            long length = (long) call(resultLength, result);
            byte[] bytes =
                    length == 0
                            ? new byte[0]
                            : pointer(resultBuffer, result).reinterpret(length).toArray(JAVA_BYTE);
            return new Answer(
                    bytes,
                    (long) call(resultRowsRead, result),
                    (long) call(resultRowsWritten, result),
                    (long) ((double) call(resultSeconds, result) * 1e9));
        } finally {
            call(destroyResult, result);
        }
    }

    private static void raise(MemorySegment error) throws EngineException {
        if (error.address() != 0) {
            throw new EngineException(error.reinterpret(Long.MAX_VALUE).getString(0));
        }
    }
}
