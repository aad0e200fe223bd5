package io.orrery.schedule;

/**
 * A payload as text, the way a store keeps it. The text never says what class to make of it: the declared job does.
 *
 * @param codec the {@linkplain PayloadCodec#id() id} of the codec that wrote it
 * @param text what it wrote
 */
public record EncodedPayload(String codec, String text) {}
