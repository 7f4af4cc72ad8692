package io.hubmesh.mesh.web;

import io.hubmesh.kernel.AccountId;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Who opens a socket.
 *
 * @param host by which the guest reached the hub, as the framework sees it behind a proxy; no port
 * @param stillWelcome whether what the handshake rested on, a session or a token, still stands
 */
record Guest(AccountId account, Optional<String> host, BooleanSupplier stillWelcome) {}
