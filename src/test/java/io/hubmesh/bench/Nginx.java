package io.hubmesh.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** nginx that serves a folder on any free port, by sendfile and without a log. */
final class Nginx implements AutoCloseable {

    private final Process process;
    private final int port;

    Nginx(Path folder, Path work) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path settings = Files.writeString(
                Files.createDirectories(work).resolve("nginx.conf"), """
                daemon off;
                user root;
                worker_processes auto;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  tcp_nodelay on;
                  keepalive_requests 1000000;
                  default_type application/octet-stream;
                  client_body_temp_path %1$s/body;
                  server { listen 127.0.0.1:%2$d; root %3$s; }
                }
                """.formatted(work, port, folder));
        process = new ProcessBuilder("nginx", "-e", work + "/error.log", "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("nginx.log").toFile())
                .start();
        Command.run(
                "curl",
                "-sf",
                "--retry",
                "20",
                "--retry-connrefused",
                "--retry-delay",
                "1",
                "-o",
                "/dev/null",
                address("small"));
    }

    String address(String file) {
        return "http://127.0.0.1:" + port + "/" + file;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
