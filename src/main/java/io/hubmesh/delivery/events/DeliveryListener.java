package io.hubmesh.delivery.events;

/**
 * Hears what the hub sends. Small files are sent by thousands a second, and telling one by an event of the framework costs as much as counting it; so it is
 * told by a plain call, on a thread that may be answering the request. Whoever hears it is quick.
 */
public interface DeliveryListener {

    /** Bytes of a file go out. */
    void delivered(HubDelivered delivered);

    /** A whole file has gone out. */
    void sent(HubSent sent);
}
