/** The demo shop is held to what its README says, through the command line and through the running webhook. */
package dev.flowguard.demo;
