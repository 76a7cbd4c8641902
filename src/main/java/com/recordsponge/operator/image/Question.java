package com.recordsponge.operator.image;

/** An image, and what its registry is to be shown: whoever asks the same can share the answer. */
public record Question(ImageReference image, Credential credential) {}
