"""What pages share: the frame, the session, the services, the small drawings and the charts."""
