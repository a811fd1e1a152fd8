package dev.forebear.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends requests over persistent connections, each at its time whether or not the ones before were answered. The
 * latency of a request counts from the moment at which it was due, so that a server which stalls is not spared the
 * requests that it held up.
 */
final class LoadGenerator {

    private static final int READ_TIMEOUT_MILLIS = 30_000;
    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,7})");
    private static final Pattern RETRY_AFTER = Pattern.compile("(?i)\r\nretry-after:");

    private final InetSocketAddress server;
    private final int connections;

    LoadGenerator(InetSocketAddress server, int connections) {
        this.server = server;
        this.connections = connections;
    }

    /**
     * What came back.
     *
     * @param micros latencies of all answers in microseconds
     * @param statuses answers by status
     * @param accepted numbers of the requests that were answered 202
     * @param busyWithoutRetryAfter answers 429 and 503 that did not say when to try again
     * @param seconds from the first request to the last answer
     */
    record Load(
            Histogram micros,
            Map<Integer, Long> statuses,
            Set<Long> accepted,
            long busyWithoutRetryAfter,
            double seconds) {}

    private record Answer(int status, boolean retryAfter) {}

    /**
     * Sends so many requests.
     *
     * @param perSecond rate at which they are due; 0 for all at once
     */
    Load send(LongFunction<byte[]> requests, long count, double perSecond) throws IOException, InterruptedException {
        Histogram micros = new ConcurrentHistogram(3);
        Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
        Set<Long> accepted = ConcurrentHashMap.newKeySet();
        var hasty = new LongAdder();
        var next = new AtomicLong();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = IntStream.range(0, connections)
                    .<Future<?>>mapToObj(connection -> threads.submit(() -> {
                        try (Socket socket = connect()) {
                            var in = new BufferedInputStream(socket.getInputStream());
                            for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                                byte[] request = requests.apply(i);
                                long due = perSecond == 0 ? System.nanoTime() : start + (long) (i * 1e9 / perSecond);
                                waitUntil(due);
                                socket.getOutputStream().write(request);
                                Answer answer = answer(in);
                                micros.recordValue(Math.max(0, (System.nanoTime() - due) / 1000));
                                statuses.computeIfAbsent(answer.status(), status -> new LongAdder())
                                        .increment();
                                if (answer.status() == 202) {
                                    accepted.add(i);
                                } else if ((answer.status() == 429 || answer.status() == 503) && !answer.retryAfter()) {
                                    hasty.increment();
                                }
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> each : working) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a connection broke: " + e.getCause(), e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<Integer, Long> counts = new TreeMap<>();
        statuses.forEach((status, number) -> counts.put(status, number.sum()));
        return new Load(micros, counts, accepted, hasty.sum(), seconds);
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.connect(server, READ_TIMEOUT_MILLIS);
        return socket;
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Answer answer(InputStream in) throws IOException {
        String head = head(in);
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            in.skipNBytes(Long.parseLong(length.group(1)));
        }
        return new Answer(
                Integer.parseInt(head.substring(9, 12)),
                RETRY_AFTER.matcher(head).find());
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream(256);
        int ending = 0;
        while (ending < 4) {
            int next = in.read();
            if (next < 0 || head.size() == MAX_HEAD_BYTES) {
                throw new EOFException("expected an answer, found the end of the connection");
            }
            head.write(next);
            ending = next == (ending % 2 == 0 ? '\r' : '\n') ? ending + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.US_ASCII);
    }
}
