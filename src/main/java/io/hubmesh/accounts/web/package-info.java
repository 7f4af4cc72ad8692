@NullMarked
package io.hubmesh.accounts.web;

import org.jspecify.annotations.NullMarked;
