package io.hubmesh.web;

import java.util.List;

/** A list as the API tells it. */
public record Items<T>(List<T> items) {}
